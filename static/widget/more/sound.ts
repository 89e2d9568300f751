export function chime(): void { return; }
