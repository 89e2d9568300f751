// The console: the operators' three-pane page.
export {};
