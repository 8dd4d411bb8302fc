declare global {
  interface Window {
    /** Where libraries look that make style elements of their own: Mantine's dialogs lock scrolling with one. */
    __webpack_nonce__?: string;
  }
}

/**
 * The nonce of this page load. The host writes it into `<meta property="csp-nonce" nonce="…">`; the browser hides it from
 * attributes and leaves it on the element's own property. Empty where there is none, as in the gallery.
 */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}

/** Hands the nonce to libraries that don't ask Mantine for it. Once, before anything is drawn. */
export function shareStyleNonce(): void {
  window.__webpack_nonce__ = styleNonce();
}
