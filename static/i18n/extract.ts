// Writes the browser's texts to standard output as JSON, for `make messages`.
import { allSources, collect } from './strings.ts';

const root = process.cwd();
process.stdout.write(JSON.stringify(collect(root, allSources(root))));
