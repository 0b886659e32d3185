import { openSession } from "../../src/provider/session";

test("what is told twice, as when Pulumi checks a resource twice, is said once", () => {
  const written = jest.spyOn(process.stderr, "write").mockReturnValue(true);
  try {
    const { warn } = openSession(() => undefined).executor;
    for (const message of ["held: EA1", "held: EA2", "held: EA1"]) warn(message);
    expect(written.mock.calls).toEqual([["warning: held: EA1\n"], ["warning: held: EA2\n"]]);
  } finally {
    written.mockRestore();
  }
});
