// Tries the page in headless Chromium: test.mjs <page folder> <folder for pictures>. Called by
// `./dev web test`, with NODE_PATH where playwright-core is. The window itself says where its buttons
// are and what it shows, as it does for tests on a desktop (QS_READY, ui/app/window.cpp).
import {createServer} from 'node:http';
import {createRequire} from 'node:module';
import {readFileSync, mkdirSync} from 'node:fs';
import {extname, join, normalize} from 'node:path';
import assert from 'node:assert';

const {chromium} = createRequire(join(process.env.NODE_PATH, 'x.js'))('playwright-core');
const [folder, pictures] = process.argv.slice(2);
mkdirSync(pictures, {recursive: true});

const kinds = {'.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm'};

// What `queuescope serve` says and takes (engine/serve/README.md); its own tests are tests/serve.
const token = '/0123456789abcdef0123456789abcdef';
const room = {streams: [], answers: []};
const event = (name, data) => `event: ${name}\ndata: ${data}\n\n`;
room.tell = (name, data) => room.streams.forEach((stream) => stream.write(event(name, data)));

const server = createServer((asked, answer) => {
  const url = new URL(asked.url, 'http://x');
  const path = normalize(url.pathname);
  if (path === token + '/live') {
    answer.writeHead(200, {'content-type': 'text/event-stream'});
    answer.write(event('ticket', 'abc'));
    return room.streams.push(answer);
  }
  if (path === token + '/answer') {
    room.answers.push([asked.method, ...['ticket', 'question', 'option'].map((n) => url.searchParams.get(n))].join(' '));
    answer.writeHead(204);
    return answer.end();
  }
  const name = path.replace(token, '').replace(/\/$/, '/index.html');
  try {
    const bytes = readFileSync(join(folder, name));
    answer.writeHead(200, {'content-type': kinds[extname(name)] || 'application/octet-stream'});
    answer.end(bytes);
  } catch (missing) {
    answer.writeHead(404);
    answer.end();
  }
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const address = `http://127.0.0.1:${server.address().port}/`;

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
let passed = 0, failed = 0;

// One page, and what its window has said.
class Window {
  constructor(page) {
    this.page = page;
    page.on('console', (message) => this.hear(message.text()));
    page.on('pageerror', (error) => this.wrong.push(error.stack || error.message));
    this.forget();
    this.wrong = [];
  }
  // `of`: another window, whose browser it shares with all that is kept there.
  static async open(hash = '', of = null, below = '') {
    const context = of ? of.page.context() : await browser.newContext({viewport: {width: 1440, height: 900}});
    const w = new Window(await context.newPage());
    await w.go(hash, below);
    return w;
  }
  forget() {
    this.places = new Map();
    this.requests = new Map();
    this.said = [];
    this.ready = this.plays = this.state = this.event = undefined;
    this.message = '';
  }
  async go(hash, below = '') {
    const begin = Date.now();
    await this.page.goto(address + below + '?ready' + hash);
    await this.until('the first picture', () => this.ready, 120);
    this.took = Date.now() - begin;
  }
  async reload() {
    this.forget();
    await this.page.reload();
    await this.until('the first picture', () => this.ready, 120);
  }
  hear(text) {
    for (const line of text.split('\n')) {
      this.said.push(line);
      const words = line.split(' ');
      if (line === 'READY') this.ready = true;
      if (line === 'PLACES') this.places.clear();
      if (words[0] === 'PLACE') {
        const y = +words.pop(), x = +words.pop();
        this.places.set(words.slice(1).join(' '), {x, y});
      }
      if (words[0] === 'STATE') {
        this.state = words[1];
        this.event = +words[2];
        this.requests.clear();
      }
      if (words[0] === 'REQUEST') this.requests.set(words[1], words.slice(2).join(' '));
      if (words[0] === 'SAYS') this.message = line.slice(5);
      if (line === 'PLAYS' || line === 'RESTS') this.plays = line === 'PLAYS';
    }
  }
  async until(what, met, seconds = 30) {
    const end = Date.now() + seconds * 1000;
    while (!met()) {
      const says = this.said.filter((line) => !line.startsWith('PLACE')).slice(-20).join('\n');
      if (this.wrong.length) throw new Error(`while waiting for ${what}: ${this.wrong.join('\n')}\n${says}`);
      if (Date.now() > end) throw new Error(`${what} did not come; the window said:\n${says}`);
      await new Promise((go) => setTimeout(go, 20));
    }
  }
  // Where something is, by its name or the end of it.
  place(wanted) {
    for (const [name, at] of this.places)
      if (name === wanted || name.endsWith('/' + wanted)) return at;
  }
  async settle() {
    await this.page.waitForTimeout(120);
    await this.until('rest', () => this.plays !== true);
  }
  async point(wanted) {
    await this.until(`"${wanted}"`, () => this.place(wanted));
    const at = this.place(wanted);
    await this.page.mouse.move(at.x, at.y);
    await this.page.waitForTimeout(80);
    return at;
  }
  async click(wanted) {
    await this.point(wanted);
    await this.page.mouse.down();
    await this.page.waitForTimeout(60);
    await this.page.mouse.up();
    await this.page.waitForTimeout(120);
  }
  async drag(wanted, onto) {
    const from = await this.point(wanted), to = this.place(onto);
    await this.page.mouse.down();
    await this.page.mouse.move(to.x, to.y, {steps: 8});
    await this.page.waitForTimeout(200);
    await this.page.mouse.up();
    await this.page.waitForTimeout(120);
  }
  async key(name) {
    await this.page.keyboard.press(name, {delay: 40});
    await this.page.waitForTimeout(120);
  }
  async picture(name) { await this.page.screenshot({path: join(pictures, name + '.png')}); }
  // What was done has come to rest, as is seen of that request.
  async now(request, state, after) {
    await this.until(`${request} to be ${state} after ${after} (it is ${this.requests.get(request)})`,
                     () => state.test(this.requests.get(request) || ''));
    await this.until(`the run to rest after ${after}`, () => this.plays === false);
  }
  async close() {
    assert.deepEqual(this.wrong, []);
    await this.page.context().close();
  }
}

const only = process.argv[4];
async function test(name, body) {
  if (only && !name.includes(only)) return;
  try {
    await body();
    ++passed;
    console.log('ok      ' + name);
  } catch (error) {
    ++failed;
    console.log('FAILED  ' + name + '\n' + error.stack);
    let number = 0;
    for (const context of browser.contexts())
      for (const page of context.pages()) await page.screenshot({path: join(pictures, `failed-${failed}-${++number}.png`)});
  }
  for (const context of browser.contexts()) await context.close();
}

await test('the first picture', async () => {
  const w = await Window.open();
  await w.picture('home');
  console.log(`        the home page after ${w.took} ms`);
  assert.equal(w.state, 'home');
  await w.close();
});

await test('lesson 1.1 is played by mouse and keys, to its last page', async () => {
  const w = await Window.open('#lesson=1.1');
  console.log(`        lesson 1.1 after ${w.took} ms`);
  await w.until('its run', () => w.state === 'run');
  await w.picture('lesson-first');
  const first = w.event;
  await w.key('Home');
  await w.until('Home to go back', () => w.event <= first);
  const start = w.event;
  await w.key('ArrowRight');
  await w.until('the right arrow to step on', () => w.event > start);
  const stepped = w.event;
  await w.click('transport/forward');
  await w.until('a click on the step button to go on', () => w.event > stepped);
  await w.click('transport/back');
  await w.until('a click on the step back button to go back', () => w.event === stepped);
  await w.key('Home');
  await w.until('Home to go back again', () => w.event <= first && w.event <= start);
  await w.click('transport/play');
  await w.until('a click on Play to move it on', () => w.event > start);
  await w.picture('lesson-plays');
  for (let i = 0; i < 6; ++i) await w.key(']');  // the fastest there is
  for (let pages = 0; pages < 60 && !w.place('lesson/receipt'); ++pages) {
    await w.settle();
    if (w.place('lesson/check')) {  // a question, or a goal with cards
      await w.key('1');
      await w.click('lesson/check');
    } else if (w.place('lesson/next')) {
      await w.click('lesson/next');
    } else if (w.place('lesson/skip')) {
      await w.click('lesson/skip');
    }
  }
  await w.until('the last page', () => w.place('lesson/receipt'));
  await w.picture('lesson-last');
  await w.close();
});

await test('a link opens a run at its moment', async () => {
  const w = await Window.open('#lesson=sandbox&run=qs1:7;@0%20send=read%2016%20file=A&at=60');
  await w.until('its run', () => w.state === 'run' && w.event === 60);
  await w.close();
});

await test('the sandbox: each verb by mouse', async () => {
  const w = await Window.open('#lesson=sandbox');
  await w.until('its run', () => w.state === 'run');
  for (let i = 0; i < 6; ++i) await w.key(']');
  await w.click('verbs/read');
  await w.now('R1', /owned by the driver/, 'a click on Read');
  await w.click('verbs/Forward');
  await w.click('menu/waiting');
  await w.now('R1', /waiting.* in waiting/, 'forwarding it by its button and menu');
  await w.click('waiting/retrieve');
  await w.now('R1', /owned by the driver/, 'a click on Retrieve next of the queue');
  await w.click('stage/R1');
  await w.click('verbs/Requeue');
  await w.now('R1', /waiting.* in waiting/, 'a click on Requeue');
  await w.click('stage/waiting');
  await w.click('verbs/RetrieveNext');
  await w.now('R1', /owned by the driver/, 'a click on Retrieve next of the panel');
  await w.drag('stage/R1', 'stage/done');
  await w.now('R1', /completed with STATUS_SUCCESS/, 'dragging it onto Done');
  await w.click('stage/notepad');
  await w.click('verbs/read');
  await w.now('R2', /owned by the driver/, 'the second read');
  await w.click('stage/notepad');
  await w.click('verbs/read');
  await w.now('R3', /waiting.* in default/, 'the third read');
  await w.click('stage/R3');
  await w.click('verbs/CancelFromApp');
  await w.now('R3', /completed with STATUS_CANCELLED/, 'a click on Cancel');
  await w.picture('sandbox');
  await w.click('stage/default');
  await w.click('verbs/SwitchParallel');
  await w.until('the new run to be told', () => /^New branch: what if parallel/.test(w.message));
  await w.click('mode/compare');
  await w.until('the compared runs', () => w.place('compare/leave') || w.place('leave'));
  await w.page.waitForTimeout(500);
  await w.picture('compare');
  await w.close();
});

await test('Races: a search to its verdict', async () => {
  const w = await Window.open('#lesson=sandbox&run=qs1:7;@0%20send=read%2016%20file=A');
  await w.until('its run', () => w.state === 'run');
  await w.click('mode/races');
  await w.until('the search', () => w.place('verdict/search'));
  await w.page.waitForTimeout(3000);
  await w.picture('races');
  await w.until('what was found', () => [...w.places.keys()].some((name) => /races\/.*way\/|outcome\/1|dots/.test(name)), 60);
  await w.close();
});

await test('a visit keeps what was done', async () => {
  const w = await Window.open('#lesson=1.1');
  await w.until('its run', () => w.state === 'run');
  await w.click('lesson/next');
  await w.key('Control+=');  // larger text
  await w.page.waitForTimeout(2500);
  const kept = await w.page.evaluate(() => Object.keys(localStorage));
  assert.ok(kept.some((key) => key.endsWith('settings.toml')), kept.join());
  assert.ok(kept.some((key) => key.endsWith('progress.toml')), kept.join());
  const before = w.place('lesson/next');
  await w.reload();
  await w.until('its run', () => w.state === 'run');
  await w.page.waitForTimeout(500);
  await w.picture('again');
  const settings = await w.page.evaluate(() => {
    const key = Object.keys(localStorage).find((name) => name.endsWith('settings.toml'));
    return atob(localStorage.getItem(key));
  });
  assert.match(settings, /scale = 1\.1/);
  assert.deepEqual(w.place('lesson/next'), before);  // as large as it was left
  await w.close();
});

await test('a class follows, wanders off, comes back, and answers', async () => {
  const run = '&run=qs1:7;@0%20send=read%2016%20file=A';
  const w = await Window.open('', null, token.slice(1) + '/');
  await w.until('the stream', () => room.streams.length === 1);
  room.tell('at', '#lesson=sandbox' + run + '&at=60');
  await w.until('the teacher\'s place', () => w.state === 'run' && w.event === 60);
  for (const at of [61, 62, 70]) room.tell('at', '#lesson=sandbox' + run + '&at=' + at);
  await w.until('the place after it', () => w.event === 70);
  await w.key('ArrowLeft');  // looks for itself
  await w.until('a step back', () => w.event < 70);
  const here = w.event;
  room.tell('at', '#lesson=sandbox' + run + '&at=72');
  await w.page.waitForTimeout(500);
  assert.equal(w.event, here);
  room.tell('question', JSON.stringify({id: 3, text: 'Where is R1?', options: ['in `default`', 'with the driver']}));
  await w.page.click('text=with the driver');
  await w.until('the answer', () => room.answers.includes('POST abc 3 1'));
  assert.equal(await w.page.getAttribute('text=with the driver', 'aria-pressed'), 'true');
  await w.picture('class');
  await w.page.click('#back');
  await w.until('the teacher\'s place again', () => w.event === 72);
  assert.ok((await w.page.textContent('#narration')).length > 0);
  await w.close();
});

await test('a driver of one\'s own is refused in a sentence', async () => {
  const w = await Window.open();
  await w.page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File(['#include <wdf.h>\n'], 'driver.c'));
    window.dispatchEvent(new DragEvent('drop', {dataTransfer: data, cancelable: true}));
  });
  await w.until('the sentence', () => /C compiler/.test(w.message));
  await w.close();
});

await browser.close();
server.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
