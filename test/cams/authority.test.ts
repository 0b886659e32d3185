import { authorityOf, type Engine } from "../../src/cams";
import { LOOK_HOLDS_MS, type Ruling } from "../../src/cams/authority";

/** May a request that removes somebody go out now? */
const engine = (signs: Partial<Record<keyof Engine, boolean>>): Engine => ({
  stopped: () => signs.stopped ?? false,
  gone: () => signs.gone ?? false,
});

test.each<[string, Ruling, Partial<Record<keyof Engine, boolean>>, number]>([
  ["right after the look", "may", {}, 0],
  ["at the last moment", "may", {}, LOOK_HOLDS_MS],
  ["a moment later", "look too old", {}, LOOK_HOLDS_MS + 1],
  ["without a look", "look too old", {}, Infinity],
  ["by a clock that fails", "look too old", {}, NaN],
  ["when the run is to stop", "stopped", { stopped: true }, 0],
  [
    "when the run is to stop, and the look is old: no new look is worth the while",
    "stopped",
    { stopped: true },
    Infinity,
  ],
  ["when the engine has ended", "engine gone", { gone: true }, 0],
  ["when the engine has ended, and the look is old: as little", "engine gone", { gone: true }, Infinity],
  ["when it said stop before it ended", "engine gone", { gone: true, stopped: true }, 0],
])("%s: %s", (_, ruling, signs, age) => {
  expect(authorityOf(engine(signs)).rule(age)).toBe(ruling);
});

test("a look holds long enough for an answer that is as slow as rollcall:readTimeoutMs allows at first, and no longer than some seconds", () => {
  expect(LOOK_HOLDS_MS).toBe(10_000);
});
