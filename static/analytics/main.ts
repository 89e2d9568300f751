// The charts of the reports.
export {};
