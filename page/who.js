"use strict";
/** The page: its controls, and its groups, of which only those are drawn that somebody has scrolled to. */

/** Groups that are drawn at once. */
const PIECE = 50;
/** Typing rests for so long before it is searched. */
const REST_MS = 100;

/**
 * @template {HTMLElement} E
 * @param {string} id @param {new () => E} kind
 */
function element(id, kind) {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`the page has no ${id}`);
  return found;
}

/**
 * A new element. All that comes from the data is text, or in elements made here.
 * @param {string} tag @param {string} style its class @param {...(string | Node)} parts
 */
function made(tag, style, ...parts) {
  const one = document.createElement(tag);
  if (style !== "") one.className = style;
  one.append(...parts);
  return one;
}

/** A name or a number, whatever the direction of its writing. @param {string} text */
const apart = (text) => made("bdi", "", text);

/**
 * @param {PageData} data @param {Found} found
 */
function drawn({ groups, states }, { at, people }) {
  const [name = "", id = "", subject = "", remarks = [], all = []] = groups[at] ?? [];
  const article = made("article", "");
  const title = made("h2", "", apart(name));
  title.id = `group-${at}`;
  article.setAttribute("aria-labelledby", title.id);
  const parts = [subject, id]
    .filter((text) => text !== "")
    .flatMap((text, place) => (place === 0 ? [apart(text)] : [" · ", apart(text)]));
  article.append(title, made("p", "quiet", ...parts));
  for (const [state, note] of remarks) article.append(made("p", "caution", `${state}: `, apart(note)));
  const list = made("ul", "");
  // Safari takes a list without marks for no list.
  list.setAttribute("role", "list");
  for (const place of people) {
    const [state = 0, number = "", called = "", note = ""] = all[place] ?? [];
    const word = states[state] ?? "";
    list.append(
      made(
        "li",
        word,
        made("span", "name", apart(called === "" ? "unknown name" : called)),
        made("span", "number", apart(number)),
        made("span", "state", word),
        made("span", "note", apart(note)),
      ),
    );
  }
  if (people.length > 0) article.append(list);
  if (people.length < all.length)
    article.append(made("p", "quiet", `${people.length} of ${counted(all.length, "person", "people")}`));
  return article;
}

/** @param {PageData} data */
function start(data) {
  const [groups, count, more] = [
    element("groups", HTMLElement),
    element("count", HTMLElement),
    element("more", HTMLButtonElement),
  ];
  const [form, field] = [element("find", HTMLFormElement), element("query", HTMLInputElement)];
  const printed = element("printed", HTMLElement);
  /** @type {readonly Indexed[] | undefined} */
  let index;
  /** @type {readonly Found[]} */
  let found = data.groups.map(([, , , , people], at) => ({ at, people: [...people.keys()], isGuess: false }));
  let query = queryOf("");
  let drawnSoFar = 0;
  /** @type {number | undefined} */
  let waiting;

  /** @param {number} most */
  const draw = (most) => {
    const piece = found.slice(drawnSoFar, drawnSoFar + most);
    drawnSoFar += piece.length;
    const articles = piece.map((one) => drawn(data, one));
    groups.append(...articles);
    const rest = found.length - drawnSoFar;
    // A button that is hidden loses the focus: whoever uses the keyboard goes on with what came last.
    const [next] = rest === 0 && document.activeElement === more ? articles : [];
    more.hidden = rest === 0;
    more.textContent = `${counted(Math.min(rest, PIECE), "more group", "more groups")} of ${rest.toLocaleString("en")}`;
    if (next === undefined) return;
    next.tabIndex = -1;
    next.focus({ preventScroll: true });
  };
  const show = () => {
    groups.replaceChildren();
    drawnSoFar = 0;
    draw(PIECE);
    count.textContent = answerOf(data, index ?? [], query, found);
  };
  const search = () => {
    waiting = undefined;
    index ??= indexOf(data.groups);
    const only = new Set(new FormData(form).getAll("only").map(String));
    query = queryOf(field.value);
    found = find(data, index, query, only);
    const asked = [...(query.words.length === 0 ? [] : [`“${field.value.trim()}”`]), ...only];
    printed.textContent = asked.length === 0 ? "" : `Searched for: ${asked.join(", ")}`;
    show();
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });
  form.addEventListener("change", search);
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, REST_MS);
  });
  more.addEventListener("click", () => draw(PIECE));
  new IntersectionObserver(
    (seen) => {
      if (seen.some(({ isIntersecting }) => isIntersecting) && !more.hidden) draw(PIECE);
    },
    { rootMargin: "600px" },
  ).observe(more);
  // Whoever prints wants all that fits, not what was scrolled to.
  window.addEventListener("beforeprint", () => draw(found.length));

  document.title = `Who is in which group: ${data.stack}`;
  element("about", HTMLElement).append(apart(data.headline));
  const taken = document.createElement("time");
  taken.dateTime = data.taken;
  taken.textContent = `${data.taken.slice(0, 16).replace("T", " ")} UTC`;
  element("taken", HTMLElement).append("Begun ", taken, ". Who joined or left since then may not be in it.");
  element("notes", HTMLElement).append(...data.notes.map((note) => made("li", "caution", apart(note))));
  show();
  // A search that a browser filled in again after a reload.
  if (field.value !== "" || new FormData(form).has("only")) search();
}

/** @type {unknown} */
const given = JSON.parse(element("data", HTMLScriptElement).textContent);
start(/** @type {PageData} */ (given));
