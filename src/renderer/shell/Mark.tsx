/** The app's sign: two legs that balance. */
export function Mark({ size }: { readonly size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="none" aria-hidden>
      <path d="M4 17.5 10.5 6.5" stroke="var(--pa-long)" strokeWidth="2.6" strokeLinecap="round" />
      <path d="M13.5 17.5 20 6.5" stroke="var(--pa-short)" strokeWidth="2.6" strokeLinecap="round" />
      <path d="M10.5 6.5 13.5 17.5" stroke="var(--pa-accent)" strokeWidth="2.6" strokeLinecap="round" />
    </svg>
  );
}
