// Controllers of the Django pages, each bound by `data-controller`.
export {};
