import { dialog } from 'electron';
import type { Question } from './leaving.ts';

/** Asks in a box of the operating system. The safe answer is the one that Enter and Escape give. */
export async function isAgreed({ message, detail, yes, no }: Question): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    message,
    detail,
    buttons: [yes, no],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  });
  return response === 0;
}
