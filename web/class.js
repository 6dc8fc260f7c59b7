// A page that `queuescope serve` gives to a class: it goes where the teacher's window goes, until the
// person at it wants to look elsewhere, and sends answers to the question that is asked. Anywhere else
// this file does nothing. What is said and taken: engine/serve/README.md.
'use strict';
(function () {
  if (!/\/[0-9a-f]{32}\/(index\.html)?$/.test(location.pathname)) return;
  const asked = document.getElementById('asked');
  const back = document.getElementById('back');
  const page = Module.page;
  let ticket = '';
  let question = {id: 0, text: '', options: []};
  let chosen = -1;
  let place = '';
  let follows = true;

  function answer(option) {
    chosen = option;
    [...asked.querySelectorAll('button')].forEach((b, i) => b.setAttribute('aria-pressed', i === chosen));
    const words = new URLSearchParams({ticket, question: question.id, option});
    fetch('answer?' + words, {method: 'POST'}).catch(() => {});  // said again with the next ticket
  }

  function show_question() {
    asked.replaceChildren();
    if (!question.options.length) return;
    const text = document.createElement('p');
    text.textContent = question.text;
    asked.append(text);
    question.options.forEach((option, i) => {
      const button = document.createElement('button');
      button.textContent = option.replace(/[*`]/g, '');
      button.setAttribute('aria-pressed', i === chosen);
      button.onclick = () => answer(i);
      asked.append(button);
    });
  }

  function goes_along(yes) {
    follows = yes;
    back.hidden = follows || !place;
    if (follows && place) page.open(place);
  }

  const live = new EventSource('live');
  live.addEventListener('ticket', (event) => {
    ticket = event.data;
    document.getElementById('class').hidden = false;
  });
  live.addEventListener('question', (event) => {
    const next = JSON.parse(event.data);
    if (next.id !== question.id) chosen = -1;
    question = next;
    show_question();
    if (chosen >= 0) answer(chosen);  // the connection was lost in between
  });
  live.addEventListener('at', (event) => {
    place = event.data;
    if (follows) page.open(place);
  });
  back.onclick = () => goes_along(true);
  document.getElementById('class').addEventListener('keydown', (event) => event.stopPropagation());
  for (const act of ['pointerdown', 'keydown', 'wheel'])
    addEventListener(act, (event) => {
      if (!document.getElementById('class').contains(event.target)) goes_along(false);
    }, {capture: true, passive: true});
})();
