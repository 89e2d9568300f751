// Binds small scripts to elements of a server-made page: `data-controller="copy confirm"` calls both, each once.

export type Controller = (element: HTMLElement) => void;

const bound = new WeakMap<HTMLElement, Set<string>>();

/** Run every controller that an element below `root` names. An unknown name is a mistake of ours and throws. */
export function bindControllers(root: ParentNode, controllers: Readonly<Record<string, Controller>>): void {
  for (const element of root.querySelectorAll<HTMLElement>('[data-controller]')) {
    for (const name of (element.dataset['controller'] ?? '').split(/\s+/).filter(Boolean)) {
      const done = bound.get(element) ?? new Set<string>();
      if (done.has(name)) {
        continue;
      }
      const controller = controllers[name];
      if (controller === undefined) {
        throw new Error(`no controller is called ${name}`);
      }
      bound.set(element, done.add(name));
      controller(element);
    }
  }
}

/** Return the first element below `root` that matches, or null; typed for HTML. */
export function find(root: ParentNode, selector: string): HTMLElement | null {
  return root.querySelector<HTMLElement>(selector);
}
