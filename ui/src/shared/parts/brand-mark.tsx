/** The product's mark: a railway semaphore. */
export function BrandMark() {
  return (
    <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
      <path d="M5 19V3.2M2 19h6" stroke="currentColor" strokeWidth="2" />
      <g transform="rotate(-24 5 6)">
        <rect x="5" y="3.5" width="13" height="5" fill="#0f62fe" />
        <rect x="14" y="3.5" width="2" height="5" fill="#fff" />
      </g>
      <circle cx="5" cy="6" r="2.1" fill="currentColor" />
    </svg>
  );
}
