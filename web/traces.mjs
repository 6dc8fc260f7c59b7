// Plays every lesson and program natively and as it is compiled for the page, here in Node, and
// compares what happens: traces.mjs <queuescope> <queuescope-node.js>. Called by `./dev web test`.
// All events must be the same, in the same order, at the same places. Of Line events it says how many
// are alike: which instructions belong to which line is the compilers' business.
import {execFileSync} from 'node:child_process';

const [native, page] = process.argv.slice(2);

const list = execFileSync(native, ['list'], {encoding: 'utf8'});
const programs = list.split('\n').map((line) => line.slice(6).split(' ')[0]).filter(Boolean);

function play(command, args) {
  const said = execFileSync(command, args, {encoding: 'utf8', maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'pipe']});
  return JSON.parse(said);
}

const bare = ({n, ...event}) => JSON.stringify(event);

let different = 0, lines = 0, alike = 0, events = 0;
for (const program of programs) {
  const args = ['run', program, '--json', '--all'];
  let here, there;
  try {
    here = play(native, args).events;
    there = play(process.execPath, ['--no-experimental-fetch', page, ...args]).events;
  } catch (error) {
    ++different;
    console.log(`${program}: ${String(error.stderr || error.message).split('\n').slice(-4).join(' ')}`);
    continue;
  }
  const others = (all) => all.filter((event) => event.event !== 'Line').map(bare);
  const left = others(here), right = others(there);
  events += left.length;
  const at = left.findIndex((event, i) => event !== right[i]);
  if (at >= 0 || left.length !== right.length) {
    ++different;
    console.log(`${program}: event ${at} of ${left.length}\n  natively ${left[at]}\n  page     ${right[at]}`);
  }
  const steps = (all) => all.filter((event) => event.event === 'Line').map(bare);
  const a = steps(here), b = steps(there);
  lines += a.length;
  if (a.length === b.length) alike += a.filter((line, i) => line === b[i]).length;
}
console.log(`${programs.length} programs, ${events} events, ${different} programs differ; ` +
  `${alike} of ${lines} Line events alike, in programs with as many`);
process.exit(different ? 1 : 0);
