import { passed } from "../../runs";
import { World } from "./world";

const [ANA, BUDI] = ["628110000001", "628110000002"] as const;
/** Benin put 01 before every number; WhatsApp may list the old form. */
const [KOFI, KOFI_LISTED] = ["2290197123456", "22997123456"] as const;
const [YAO, YAO_LISTED] = ["2250712345678", "22512345678"] as const;
const [DEWI, DEWI_WRONG] = ["6281234567890", "6281234567990"] as const;
const EKO_NEW = "6285711112222";
/** WhatsApp's privacy ids are digits that no country's plan can have. */
const PRIVACY_ID = "249876543210123";

/** One person under two numbers, and digits that are nobody's. */
describe("numbers that are not what they seem", () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start({
      KOFI: [ANA, KOFI_LISTED],
      YAO: [ANA, YAO_LISTED],
      DEWI: [ANA, DEWI_WRONG],
      MOVED: [ANA, BUDI],
      ALSO: [ANA, BUDI],
      LID: [ANA, PRIVACY_ID],
    });
    world.roster("kofi", "KOFI", { [ANA]: "Ana", [KOFI]: "Kofi" });
    world.roster("yao", "YAO", { [ANA]: "Ana", [YAO]: "Yao" });
    world.roster("dewi", "DEWI", { [ANA]: "Ana", [DEWI]: "Dewi" });
    world.roster("lid", "LID", { [ANA]: "Ana" });
    for (const name of ["moved", "also"]) world.roster(name, name.toUpperCase(), { [ANA]: "Ana", [BUDI]: "Budi" });
    passed(await world.up());
    for (const group of ["MOVED", "ALSO"]) await world.changeNumber(group, BUDI, EKO_NEW);
  });
  afterAll(() => world.stop());

  test("a person listed by an old form of the number, by a slip, or by a new number is held, and nobody is asked for", async () => {
    for (let i = 0; i < 2; i++) {
      const up = await world.up();
      expect(up.code).not.toBe(0);
      expect(up.out).toMatch(
        /\[near-miss\] kofi .*22997123456 looks like Kofi \(2290197123456\): the same country code/,
      );
      expect(up.out).toMatch(/\[near-miss\] yao .*22512345678 looks like Yao \(2250712345678\)/);
      expect(up.out).toMatch(/\[near-miss\] dewi .*6281234567990 looks like Dewi \(6281234567890\): .*one digit/);
      expect(up.out).toMatch(
        /\[number-change\] moved .*Budi \(628110000002\) left and 6285711112222 came \(the same pair: also Budi \(628110000002\) and 6285711112222 in also\)/,
      );
      expect(up.out).toMatch(/lid\s+1 row without a plain number/);
    }
    expect(await world.askedFor()).toEqual([]);
  });

  test("the remedies of the refusals work", async () => {
    const member = (number: string, name: string, rest = "") => `  - { number: "+${number}", name: ${name}${rest} }\n`;
    const roster = (group: string, ...members: string[]) => `group: ${group}\nmembers:\n${members.join("")}`;
    const ana = member(ANA, "Ana");
    world.write("stacks/test/kofi.yaml", roster("KOFI", ana, member(KOFI_LISTED, "Kofi", ", asListed: true")));
    world.write("stacks/test/yao.yaml", roster("YAO", ana, member(YAO_LISTED, "Yao", ", asListed: true")));
    world.write("stacks/test/dewi.yaml", roster("DEWI", ana, member(DEWI_WRONG, "Dewi")));
    world.write(
      "stacks/test/people.yaml",
      `people:\n  budi: { number: "+${EKO_NEW}", name: Budi, formerly: ["+${BUDI}"] }\n`,
    );
    for (const group of ["MOVED", "ALSO"])
      world.write(`stacks/test/${group.toLowerCase()}.yaml`, roster(group, ana, "  - person: budi\n"));
    const up = passed(await world.up());
    expect(up.out).toMatch(/0 to remove, 0 awaiting, 0 left/);
    expect(await world.askedFor()).toEqual([]);
    // Where the old number is still in a group, it goes, and the reason says why.
    await world.join("ALSO", BUDI);
    expect(passed(await world.up()).out).toMatch(/also\s+628110000002\s+Budi\s+changed number/);
    expect(await world.askedFor()).toEqual([BUDI]);
  });
});
