// Before the first picture: the theme that the user chose, so that no page flashes in the other one.
(() => {
  const asked = new URLSearchParams(location.search).get('scheme');
  let kept = null;
  try {
    kept = localStorage.getItem('phantom-arbiter-scheme');
  } catch {
    // A browser that keeps nothing shows the usual one.
  }
  const wanted = asked || kept || 'dark';
  const light =
    wanted === 'light' || (wanted === 'auto' && matchMedia('(prefers-color-scheme: light)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', light ? 'light' : 'dark');
})();
