// @ts-check
// On a narrow screen the menu lies over the page: it folds once one of its pages is chosen, which Streamlit leaves to the
// visitor. Runs in the document's head.
document.addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest("[data-testid=stSidebarNavLink]")) {
    /** @type {HTMLElement | null} */ (
      document.querySelector("[data-testid=stSidebarCollapseButton] button")
    )?.click();
  }
});
