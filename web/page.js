// What lies around the program in the page: the address, files that come in and go out, and what is
// kept for the next visit. The program itself is ui/app/page_web.cpp; it calls `Module.page`.
'use strict';
(function () {
  const home = '/me';
  const documents = home + '/Documents';
  const prefix = 'queuescope:';  // of what is kept, by the path of the file
  const written = new Map();     // path -> when it was last seen to be written
  let woken = true;
  let looked = 0;
  let later = '';                // to be opened when the first picture is there

  const status = document.getElementById('status');
  const canvas = document.getElementById('canvas');

  function each_file(folder, visit) {
    let names;
    try {
      names = FS.readdir(folder);
    } catch (missing) {
      return;
    }
    for (const name of names) {
      if (name === '.' || name === '..') continue;
      const path = folder + '/' + name;
      const what = FS.stat(path);
      if (FS.isDir(what.mode)) each_file(path, visit);
      else visit(path, +what.mtime);
    }
  }

  function base64(bytes) {
    let text = '';
    for (const byte of bytes) text += String.fromCharCode(byte);
    return btoa(text);
  }
  function from_base64(text) {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  }

  // Settings and progress, as they were left.
  function bring_back() {
    ENV.HOME = home;
    if (location.search === '?ready') ENV.QS_READY = '1';  // tests: the window tells what it shows
    FS.mkdirTree(documents);
    for (let i = 0; i < localStorage.length; ++i) {
      const key = localStorage.key(i);
      if (!key.startsWith(prefix)) continue;
      const path = key.slice(prefix.length);
      FS.mkdirTree(path.slice(0, path.lastIndexOf('/')));
      FS.writeFile(path, from_base64(localStorage.getItem(key)));
    }
    each_file(home, (path, time) => written.set(path, time));
  }

  function download(path) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([FS.readFile(path)]));
    link.download = path.slice(path.lastIndexOf('/') + 1);
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  // What the program has written since: documents go to the person, the rest is kept.
  function keep() {
    each_file(home, (path, time) => {
      if (written.get(path) === time || path.endsWith('.lock')) return;
      written.set(path, time);
      if (path.startsWith(documents + '/')) return download(path);
      try {
        localStorage.setItem(prefix + path, base64(FS.readFile(path)));
      } catch (full) {
        console.warn('the browser keeps nothing more: ' + path);
      }
    });
  }

  // Files that were dropped or chosen: into the page's own folder, then to the program.
  async function take(files) {
    for (const file of files) {
      const path = documents + '/' + file.name.replace(/[\/\\]/g, '_');
      FS.writeFile(path, new Uint8Array(await file.arrayBuffer()));
      written.set(path, +FS.stat(path).mtime);  // it is the person's own already
      page.dropped.push(path);
      page.wake();
    }
  }

  const page = {
    pasted: '',
    dropped: [],
    wake() { woken = true; },
    wakes() {
      const was = woken;
      woken = false;
      return was ? 1 : 0;
    },
    drawn() {
      if (status && status.isConnected) {
        status.remove();
        if (later) page.open(later);
      }
      performance.mark('drawn');
      const now = Date.now();
      if (now - looked < 500) return;
      looked = now;
      keep();
    },
    // Opens what a person might type, a link above all; as soon as there is something to open it in.
    open(what) {
      if (status && status.isConnected) later = what;
      else Module.ccall('qs_open', null, ['string'], [what]);
    },
    narrates(text) { document.getElementById('narration').textContent = text; },
    copy(text) {
      if (navigator.clipboard && window.isSecureContext) {
        navigator.clipboard.writeText(text).catch(() => page.copy_by_hand(text));
      } else page.copy_by_hand(text);
      page.copied = text;
    },
    copy_by_hand(text) {  // plain http, where the clipboard is closed to scripts
      const field = document.createElement('textarea');
      field.value = text;
      document.body.append(field);
      field.select();
      document.execCommand('copy');
      field.remove();
    },
    failed(why) { (status || document.body).textContent = 'QueueScope cannot start: ' + why; },
    choose() {
      const input = document.createElement('input');
      input.type = 'file';
      input.multiple = true;
      input.onchange = () => take(input.files);
      input.click();
    },
  };

  function asked() {
    const hash = location.hash;
    return hash.length > 1 ? hash : '';
  }

  window.Module = {
    canvas,
    page,
    arguments: [location.href.split('#')[0], asked()],
    preRun: [bring_back],
    print: (text) => console.log(text),
    printErr: (text) => console.warn(text),
    onAbort: (why) => page.failed(String(why)),
  };

  // To open is to choose a file of this machine; the page's own are in the palette.
  addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== 'o') return;
    event.preventDefault();
    event.stopImmediatePropagation();
    page.choose();
  }, true);
  addEventListener('hashchange', () => page.open(asked()));
  addEventListener('resize', page.wake);
  addEventListener('paste', (event) => {
    page.pasted = event.clipboardData.getData('text');
    Module._qs_pasted();
  });
  addEventListener('pagehide', () => {
    Module._qs_leave();
    keep();
  });
  addEventListener('dragover', (event) => event.preventDefault());
  addEventListener('drop', (event) => {
    event.preventDefault();
    take(event.dataTransfer.files);
  });
  canvas.addEventListener('contextmenu', (event) => event.preventDefault());
})();
