import { element } from './element.ts';

/** An address, whole. */
export const addressLine = (address: string): HTMLElement => element('p', { class: 'address' }, address);
