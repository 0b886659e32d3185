import { misspeltKeys, parseConfig, settingsSchema } from "../../src/settings";

/** The keys that are refused, of a project called `mine`. */
const refused = (keys: readonly string[], project: string | undefined = "mine") =>
  misspeltKeys(keys, project).map((line) => line.slice(0, line.indexOf(" is no setting")));

describe("a namespace that looks like rollcall misspelt", () => {
  test.each([
    ...["rolcall", "rollcal", "rollcalls", "rollcalll", "rolllcall", "rollcale", "rolclal", "orllcall", "rolcal"],
    ...["Rollcall", "ROLLCALL", "rollCall", "roll-call", "Roll-Call", "roll_call", "-r-o-l-l-c-a-l-l-", "rolkall"],
    ...["rollcall ", "\u0440\u043ellcall"],
  ])("%s", (namespace) => {
    expect(refused([`${namespace}:protect`])).toEqual([`${namespace}:protect`]);
    expect(refused([`${namespace}:whatever`])).toEqual([`${namespace}:whatever`]);
  });

  test.each([
    "rollcall",
    "recall",
    "rollback",
    "payroll",
    "roll",
    "call",
    "aws",
    "alicloud",
    "rollcall-web",
    "",
    "x".repeat(1e6),
  ])("not %.20s", (namespace) => expect(refused([`${namespace}:protect`])).toEqual([]));

  test("the line names the key and what it should be, and gives no value away", () => {
    expect(misspeltKeys(["rolcall:protect"], "mine")).toEqual([
      'rolcall:protect is no setting: its namespace "rolcall" looks like "rollcall" misspelt. Write rollcall:protect; ' +
        "if it is not meant for Rollcall, give the namespace another name",
    ]);
    expect(misspeltKeys(["rolcall:protct"], "mine")[0]).toContain("Write rollcall:protect;");
    expect(misspeltKeys(["rolcall:config:protect"], "mine")[0]).toContain("Write rollcall:protect;");
    expect(misspeltKeys(["rolcall:apiToken"], "mine")[0]).toContain("Write rollcall:apiToken;");
  });

  test("a project may be called nearly so, and its own keys are its own, but for names of settings", () => {
    expect(refused(["rollcalls:color", "color"], "rollcalls")).toEqual([]);
    expect(refused(["rollcalls:protect", "rollcalls:config:display"], "rollcalls")).toEqual([
      "rollcalls:config:display",
      "rollcalls:protect",
    ]);
    expect(refused(Object.keys(settingsSchema.shape), "roll-call")).toHaveLength(
      Object.keys(settingsSchema.shape).length,
    );
    expect(refused(["rolcall:color"], "rollcalls")).toEqual(["rolcall:color"]);
    expect(refused(["rolcall:protect"], undefined)).toEqual(["rolcall:protect"]);
    expect(refused(["protect", "color"], "mine")).toEqual([]);
    expect(refused(["protect"], "rollcall")).toEqual([]);
  });
});

describe("a whole configuration", () => {
  test("settings are read; other namespaces are nobody's business", () => {
    const parsed = parseConfig({ "rollcall:display": "masked", "aws:region": "x", "mine:protect": "y" }, "mine");
    expect(parsed).toMatchObject({ kind: "ok", settings: { display: "masked", protect: [] } });
  });

  test("everything that is wrong is told at once, misspelt namespaces first", () => {
    const parsed = parseConfig(
      { "rollcall:display": "loud", "rolcall:protect": "[]", "roll-call:display": "x" },
      "mine",
    );
    expect(parsed.kind === "invalid" && parsed.problems.map((line) => line.split(" ")[0])).toEqual([
      "rolcall:protect",
      "roll-call:display",
      "rollcall:display",
    ]);
    expect(parseConfig({ "rolcall:protect": "[]" }, "mine").kind).toBe("invalid");
  });
});
