// @ts-check
/** @type {WeakMap<ShadowRoot, Editor>} */
const editors = new WeakMap();

/**
 * Draw the editor, or let the one that is there go on: a rerun of the page's script takes away
 * neither what is typed nor what is held nor what is on its way.
 * @param {Component} component
 */
export default function render(component) {
  const root = component.parentElement;
  let editor = editors.get(root);
  if (editor && !editor.isFor(component.data)) {
    editor.leave();
    editor = undefined;
  }
  if (editor) {
    editor.receive(component);
  } else {
    editor = new Editor(component);
    editors.set(root, editor);
  }
  return () => {
    editors.get(root)?.leave();
    editors.delete(root);
  };
}
