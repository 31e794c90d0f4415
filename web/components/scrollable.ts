/** Makes a box reachable by keyboard for as long as its content is larger than the box. */
export const scrollable = (label: string) => (box: HTMLElement) => {
  const update = () => {
    const scrolls = box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1;
    if (!scrolls) {
      for (const name of ['tabindex', 'role', 'aria-label']) box.removeAttribute(name);
      return;
    }
    box.tabIndex = 0;
    box.setAttribute('role', 'region');
    box.setAttribute('aria-label', label);
  };
  const observer = new ResizeObserver(update);
  observer.observe(box);
  for (const child of box.children) observer.observe(child);
  return () => observer.disconnect();
};
