/** Loads what a page needs, and nothing on a page that needs nothing. */
const parts = [
  ["[data-live]", "./live.js"],
  ["[data-check]", "./check.js"],
  ["[data-import]", "./import.js"],
  ["[data-eyes]", "./eyes.js"],
];
for (const [selector, module] of parts) {
  const element = document.querySelector(selector);
  if (element) {
    import(module).then((part) => part.start(element));
  }
}
