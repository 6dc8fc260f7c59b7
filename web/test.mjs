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
const server = createServer((asked, answer) => {
  const name = normalize(new URL(asked.url, 'http://x').pathname).replace(/\/$/, '/index.html');
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
const context = await browser.newContext({viewport: {width: 1440, height: 900}});

let passed = 0, failed = 0;

// One page, and what its window has said.
class Window {
  static async open(hash = '') {
    const w = new Window();
    w.places = new Map();
    w.requests = new Map();
    w.said = [];
    w.page = await context.newPage();
    w.page.on('console', (message) => w.hear(message.text()));
    w.page.on('pageerror', (error) => w.said.push('ERROR ' + error.message));
    const begin = Date.now();
    await w.page.goto(address + '?ready' + hash);
    await w.until('the first picture', () => w.ready);
    w.took = Date.now() - begin;
    return w;
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
      if (Date.now() > end)
        throw new Error(`${what} did not come; the window said:\n${this.said.slice(-25).join('\n')}`);
      await new Promise((go) => setTimeout(go, 30));
    }
  }
  find(part) {
    for (const [name, at] of this.places) if (name === part) return at;
    for (const [name, at] of this.places) if (name.includes(part)) return at;
  }
  async click(part, button = 'left') {
    await this.until(`"${part}"`, () => this.find(part));
    const at = this.find(part);
    await this.page.mouse.click(at.x, at.y, {button, delay: 60});
    await this.page.waitForTimeout(150);
  }
  async key(name) {
    await this.page.keyboard.press(name, {delay: 40});
    await this.page.waitForTimeout(150);
  }
  async picture(name) { await this.page.screenshot({path: join(pictures, name + '.png')}); }
}

async function test(name, body) {
  try {
    await body();
    ++passed;
    console.log('ok      ' + name);
  } catch (error) {
    ++failed;
    console.log('FAILED  ' + name + '\n' + error.stack);
  }
}

await test('the first picture', async () => {
  const w = await Window.open();
  await w.picture('home');
  console.log(`        after ${w.took} ms`);
  assert.equal(w.state, 'home');
  assert.ok(!w.said.some((line) => line.startsWith('ERROR')), w.said.join('\n'));
  await w.page.close();
});

await test('lesson 1.1 from its first page to its last', async () => {
  const w = await Window.open('#lesson=1.1');
  await w.until('its run', () => w.state === 'run');
  await w.picture('lesson-first');
  for (let i = 0; i < 40 && !w.find('lesson/finish'); ++i) await w.key('Shift+PageDown');
  await w.picture('lesson-last');
  assert.ok(!w.said.some((line) => line.startsWith('ERROR')), w.said.join('\n'));
  await w.page.close();
});

await test('a link opens a run at its moment', async () => {
  const w = await Window.open(
    '#lesson=sandbox&run=qs1:7;@0%20send=read%2016%20file=A&at=60');
  await w.until('its run', () => w.state === 'run' && w.event === 60);
  await w.page.close();
});

await test('the sandbox: send, requeue, cancel, modes, compare', async () => {
  const w = await Window.open('#lesson=sandbox');
  await w.until('its run', () => w.state === 'run');
  await w.key('r');
  await w.until('R1', () => w.requests.has('R1'));
  await w.until('rest', () => w.plays === false);
  await w.key('q');
  await w.until('requeued', () => !w.plays && w.requests.has('R1'));
  await w.key('x');
  await w.until('canceled', () => !w.plays);
  await w.picture('sandbox');
  await w.key('Control+4');
  await w.page.waitForTimeout(500);
  await w.picture('compare');
  assert.ok(!w.said.some((line) => line.startsWith('ERROR')), w.said.join('\n'));
  await w.page.close();
});

await test('a visit keeps what was done', async () => {
  const w = await Window.open('#lesson=1.1');
  await w.until('its run', () => w.state === 'run');
  await w.key('Control+t');
  await w.page.waitForTimeout(1500);
  const kept = await w.page.evaluate(() => Object.keys(localStorage));
  assert.ok(kept.some((key) => key.endsWith('settings.toml')), kept.join());
  assert.ok(kept.some((key) => key.endsWith('progress.toml')), kept.join());
  await w.page.close();
  const again = await Window.open();
  await again.picture('again');
  assert.ok(!again.said.some((line) => line.startsWith('ERROR')), again.said.join('\n'));
  await again.page.close();
});

await browser.close();
server.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
