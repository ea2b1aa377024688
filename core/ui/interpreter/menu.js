/**
 * Closes the menu once a page is chosen in it, on screens that it covers: Streamlit leaves it
 * open, and whoever has chosen a page would look at the menu instead.
 */
const NARROW = "(max-width: 767px)";

function foldMenu() {
  const before = globalThis.caseworkAddress;
  globalThis.caseworkAddress = location.pathname;
  if (before === undefined || before === location.pathname || !matchMedia(NARROW).matches) return;
  const menu = document.querySelector("[data-testid=stSidebar][aria-expanded=true]");
  menu?.querySelector("[data-testid=stSidebarCollapseButton] button")?.click();
}
