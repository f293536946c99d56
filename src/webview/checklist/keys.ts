/** Arrow up and down go from step to step without choosing anything, S asks why the step is skipped. */
export function stepKeys(root: HTMLElement, skip: (step: string) => void): void {
  root.addEventListener("keydown", (event) => {
    const control = event.target;
    if (!(control instanceof HTMLInputElement) || !control.matches(".control") || event.ctrlKey || event.metaKey || event.altKey) return;
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp":
      case "ArrowLeft":
      case "ArrowRight":
      case "Home":
      case "End": {
        // Radio buttons choose on an arrow key of themselves, which here would be a write.
        event.preventDefault();
        const all = [...root.querySelectorAll<HTMLInputElement>(".control")];
        const at = all.indexOf(control);
        const goal = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
        all[goal]?.focus();
        return;
      }
      case "s":
      case "S": {
        event.preventDefault();
        const step = control.dataset["step"];
        if (step !== undefined) skip(step);
      }
    }
  });
}
