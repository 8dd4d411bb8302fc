/** Frames in which a part that opens is looked for: it is not drawn at once. */
const FRAMES = 20;

/** Brings the user to the first field of a form that was refused, once it is drawn. */
export function focusFirstWrong(form: HTMLFormElement | null, frames = FRAMES): void {
  if (form === null || frames === 0) return;
  requestAnimationFrame(() => {
    const wrong = form.querySelector<HTMLElement>('[aria-invalid="true"]');
    wrong?.focus();
    if (wrong === null || document.activeElement !== wrong) focusFirstWrong(form, frames - 1);
  });
}
