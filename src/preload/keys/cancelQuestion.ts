import { element } from './element.ts';
import { freshId } from './secretField.ts';

/** Asks whether to leave, saying what that means. The safe answer is the one that Enter and Escape give. */
export function askToLeave(meaning: string, leave: () => void): void {
  const id = freshId('leave');
  const stay = element('button', { type: 'button', class: 'button primary' }, 'Go on');
  const go = element('button', { type: 'button', class: 'button danger' }, 'Cancel it');
  const dialog = element(
    'dialog',
    { class: 'question', 'aria-labelledby': id },
    element('h2', { id }, 'Cancel?'),
    element('p', {}, meaning),
    element('div', { class: 'actions' }, go, stay),
  );
  stay.addEventListener('click', () => {
    dialog.close();
  });
  go.addEventListener('click', leave);
  dialog.addEventListener('close', () => {
    dialog.remove();
  });
  document.body.append(dialog);
  dialog.showModal();
  stay.focus();
}
