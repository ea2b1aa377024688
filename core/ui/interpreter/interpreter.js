/**
 * Exchanges Streamlit's own English words for those of the reader, now and whenever it draws
 * new ones. What people wrote is left alone. (Before it stand
 * menu.js, which folds the menu, and fingers.js, which lets fingers scroll over charts.)
 *
 * @typedef {Object} Words
 * @property {Record<string, string>} seen - texts
 * @property {Record<string, string>} heard - labels and placeholders
 * @property {string} required - "#, required"
 * @property {string} help - "Help: #"
 *
 * @param {object} component
 * @param {Words} component.data
 */
const SPOKEN = ["aria-label", "aria-description", "placeholder", "title"];
const HELP = "Help for ";
const HELPER = "[data-testid=stTooltipIcon]"; // elsewhere somebody may have written these words
const WRITTEN =
  "[data-testid=stMarkdownContainer], [data-testid=stText], [data-testid=stCode]," +
  " [data-testid=stHeading], textarea, script, style";

/** Gives our word for one of theirs; a number in it stays. */
function ours(theirs, words) {
  const [number] = theirs.match(/\d+/) ?? [];
  const known = number === undefined ? theirs : theirs.replace(number, "#");
  // a text such as "constructor" is no word of Streamlit
  return Object.hasOwn(words, known) ? filled(words[known], number) : undefined;
}

/** Puts a name where the # stands; by a function, for a "$&" in a name is no instruction. */
function filled(word, name) {
  return word.replace("#", () => name);
}

/** Says a label; a star at its end is a word to those who do not see it. */
function label(node, text, { heard, required, help }) {
  const name = text.replace(/ \*$/, "");
  if (name.startsWith(HELP) && node.closest(HELPER)) {
    return filled(help, name.slice(HELP.length));
  }
  return name === text ? ours(text, heard) : filled(required, name);
}

function say(node, words) {
  if (node.nodeType === Node.TEXT_NODE) {
    const word = node.data.trim() && ours(node.data.trim(), words.seen);
    if (word && word !== node.data && !node.parentElement?.closest(WRITTEN)) {
      node.data = word;
    }
  } else if (node.nodeType === Node.ELEMENT_NODE) {
    for (const name of SPOKEN) {
      const word = node.hasAttribute(name) && label(node, node.getAttribute(name), words);
      if (word && word !== node.getAttribute(name)) {
        node.setAttribute(name, word);
      }
    }
    node.childNodes.forEach((child) => say(child, words));
  }
}

function begin() {
  const observer = new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      const changed = type === "childList" ? addedNodes : [target];
      changed.forEach((node) => say(node, globalThis.caseworkWords));
    }
  });
  observer.observe(document.body, {
    subtree: true,
    childList: true,
    characterData: true,
    attributeFilter: SPOKEN,
  });
  return observer;
}

export default function ({ data }) {
  foldMenu();
  globalThis.caseworkFingers ??= freeFingers();
  globalThis.caseworkWords = data;
  say(document.body, data);
  globalThis.caseworkInterpreter ??= begin();
}
