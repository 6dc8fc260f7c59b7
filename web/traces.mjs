// Plays every lesson and program natively and as it is compiled for the page, here in Node, and
// compares what happens: traces.mjs <queuescope> <queuescope-node.js> [<scenario>...]. Called by
// `./dev web test`. All events must be the same, in the same order. At which line of the source they
// are, and the Line events between them, it counts: which instructions belong to which line is the
// compilers' business, and few differ.
import {execFileSync} from 'node:child_process';

const [native, page, ...scenarios] = process.argv.slice(2);
const in_node = ['--no-experimental-fetch', page];

const list = execFileSync(native, ['list'], {encoding: 'utf8'});
const programs = list.split('\n').map((line) => line.slice(6).split(' ')[0]).filter(Boolean);

function said(command, args) {
  const options = {encoding: 'utf8', maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'pipe']};
  try {
    return execFileSync(command, args, options);
  } catch (error) {
    if (error.status !== 1) throw error;  // 1: the run broke a rule, as some lessons' do
    return error.stdout;
  }
}

const bare = ({n, site, ...event}) => JSON.stringify(event);

// How many of two lists are the same in the same order, at least: the next of one is looked for a
// little ahead in the other.
function alike(a, b) {
  const ahead = 8;
  let same = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    let step = 0;
    while (step <= ahead && a[i] !== b[j + step] && a[i + step] !== b[j]) ++step;
    if (step > ahead) ++i, ++j;
    else if (a[i] === b[j + step]) j += step + 1, ++i, ++same;
    else i += step + 1, ++j, ++same;
  }
  return same;
}

let different = 0, events = 0, elsewhere = 0, lines = 0, lines_alike = 0;
for (const program of programs) {
  const args = ['run', program, '--json', '--all'];
  let here, there;
  try {
    here = JSON.parse(said(native, args)).events;
    there = JSON.parse(said(process.execPath, [...in_node, ...args])).events;
  } catch (error) {
    ++different;
    console.log(`${program}: ${String(error.stderr || error.message).split('\n').slice(-4).join(' ')}`);
    continue;
  }
  const others = (all) => all.filter((event) => event.event !== 'Line');
  const left = others(here), right = others(there);
  events += left.length;
  const at = left.findIndex((event, i) => !right[i] || bare(event) !== bare(right[i]));
  if (at >= 0 || left.length !== right.length) {
    ++different;
    console.log(`${program}: event ${at} of ${left.length}\n  natively ${JSON.stringify(left[at])}\n` +
      `  page     ${JSON.stringify(right[at])}`);
  } else {
    elsewhere += left.filter((event, i) => event.site !== right[i].site).length;
  }
  const steps = (all) => all.filter((event) => event.event === 'Line').map((event) => event.text);
  const a = steps(here), b = steps(there);
  lines += a.length;
  lines_alike += alike(a, b);
}
console.log(`${programs.length} programs, ${events} events: ${different} programs differ; ` +
  `${elsewhere} events at another line; ${lines_alike} of ${lines} Line events alike`);

let unequal = 0;
if (scenarios.length) {
  let answer = '';
  try {
    answer = said(process.execPath, [...in_node, 'conform', ...scenarios]);
  } catch (error) {
    answer = String(error.stderr || error.message);
  }
  unequal += answer !== said(native, ['conform', ...scenarios]);
  console.log(`recorded scenarios: ${unequal ? 'they differ\n' : ''}${answer.split('\n').slice(-4).join(' ').trim()}`);
}
process.exit(different || unequal || elsewhere > events / 50 ? 1 : 0);
