import { linkPackage, Repository } from "../package/repository";
import { passed } from "../../runs";

/** A repository with the pipelines of one host, after its first `up`: the group is adopted, with a stranger in it. */
export async function adopted(host: string): Promise<Repository> {
  const repository = await Repository.start();
  linkPackage(repository.dir);
  passed(await repository.rollcall("init", "--ci", host));
  repository.declare("ana", "budi");
  await repository.initStack();
  await repository.git("init", "--quiet", "--initial-branch", "main");
  await repository.commit("Begin");
  passed(await repository.pulumi("up", "--stack", "prod", "--yes", "--skip-preview"));
  return repository;
}
