// What the server would have put into the panel's document. To be imported before anything of the panel.
const element = document.createElement('script');
element.id = 'config';
element.type = 'application/json';
element.textContent = JSON.stringify({
  key: 'k', language: 'en', mode: 'page', title: 'Shop', greeting: 'Hello!', colour: '#000000', ink: '#ffffff', accent: ['#000000', '#ffffff'],
  ask_identity: 'optional', offline_form: true, more: '/widget/more/1.js',
  limits: { text: 100, attachments: 10, file: 1, image: 1 }, accept: '', strings: {},
});
document.head.append(element);
