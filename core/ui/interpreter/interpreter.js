/**
 * Exchanges Streamlit's own English words for those of the reader, now and whenever it draws
 * new ones. What people wrote is left alone.
 *
 * @typedef {{seen: Record<string, string>, heard: Record<string, string>, required: string}} Words
 * @param {object} component
 * @param {Words} component.data
 */
const SPOKEN = ["aria-label", "aria-description", "placeholder", "title"];
const WRITTEN =
  "[data-testid=stMarkdownContainer], [data-testid=stText], [data-testid=stCode]," +
  " [data-testid=stHeading], textarea, script, style";

/** Gives our word for one of theirs; a number in it stays. */
function ours(theirs, words) {
  const [number] = theirs.match(/\d+/) ?? [];
  if (number === undefined) {
    return words[theirs];
  }
  return words[theirs.replace(number, "#")]?.replace("#", number);
}

/** Says a label; a star at its end is a word to those who do not see it. */
function label(text, { heard, required }) {
  const name = text.endsWith(" *") ? required.replace("#", text.slice(0, -2)) : undefined;
  return name ?? ours(text, heard);
}

function say(node, words) {
  if (node.nodeType === Node.TEXT_NODE) {
    const word = node.data.trim() && ours(node.data.trim(), words.seen);
    if (word && word !== node.data && !node.parentElement?.closest(WRITTEN)) {
      node.data = word;
    }
  } else if (node.nodeType === Node.ELEMENT_NODE) {
    for (const name of SPOKEN) {
      const word = node.hasAttribute(name) && label(node.getAttribute(name), words);
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
  globalThis.caseworkWords = data;
  say(document.body, data);
  globalThis.caseworkInterpreter ??= begin();
}
