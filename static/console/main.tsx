// The console: the operators' three-pane page.
import '../shared/tokens.css';
import '../shared/controls.css';
