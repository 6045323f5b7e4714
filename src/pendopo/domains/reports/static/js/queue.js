// What this phone keeps until the network is there: drafts and reports on their way, an officer's tasks and what
// was done about them. Pages and the service worker share this file. Every record has a key (UUID) from the moment
// it is written; the server makes one report of one key, however often it arrives.
(() => {
  const STORES = ["reports", "tasks", "acts"];
  const KEY = "/lapor/antrean/kunci/";
  const SENT_KEPT = 90 * 86400000;
  const PATIENCE = 120000;
  let opened;

  function database() {
    opened =
      opened ||
      new Promise((done, fail) => {
        const request = indexedDB.open("pendopo", 1);
        request.onupgradeneeded = () => STORES.forEach((name) => request.result.createObjectStore(name, { keyPath: "key" }));
        request.onsuccess = () => {
          request.result.onversionchange = () => request.result.close();
          done(request.result);
        };
        request.onerror = () => fail(request.error);
      }).catch((error) => {
        opened = undefined;
        throw error;
      });
    return opened;
  }

  // Runs `work(store)` in one transaction and resolves when it is on disk.
  async function run(name, mode, work) {
    const base = await database();
    return new Promise((done, fail) => {
      const transaction = base.transaction(name, mode, mode === "readwrite" ? { durability: "strict" } : {});
      const request = work(transaction.objectStore(name));
      transaction.oncomplete = () => done(request && request.result);
      transaction.onerror = transaction.onabort = () => fail(transaction.error);
    });
  }

  const channel = self.BroadcastChannel ? new BroadcastChannel("pendopo-queue") : null;
  const tell = () => channel && channel.postMessage("changed");

  const all = async (name) => (await run(name, "readonly", (store) => store.getAll())).sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1));
  const get = (name, key) => run(name, "readonly", (store) => store.get(key));
  const put = async (name, record) => (await run(name, "readwrite", (store) => store.put(record)), tell());
  const remove = async (name, key) => (await run(name, "readwrite", (store) => store.delete(key)), tell());
  const clear = async (name) => (await run(name, "readwrite", (store) => store.clear()), tell());

  // Reads, changes and writes one record in one transaction; `change` returns null to leave it alone.
  async function change(name, key, how) {
    let changed = null;
    await run(name, "readwrite", (store) => {
      const request = store.get(key);
      request.onsuccess = () => {
        changed = request.result ? how(request.result) : null;
        if (changed) store.put(changed);
      };
    });
    if (changed) tell();
    return changed;
  }

  function body(record) {
    const form = new FormData();
    for (const [name, value] of Object.entries(record.values)) {
      if (value !== "" && value !== false && value !== null) form.append(name, value === true ? "on" : value);
    }
    for (const photo of record.photos) form.append(photo.field || "photos", new File([photo.data], photo.name, { type: photo.type }));
    return form;
  }

  // What stays of a report that arrived: number and link. Photos, contact and a secret report's words go.
  function receipt(record, answer) {
    const { key, at, label, title, secret } = record;
    const open = secret ? { label: "", title: "" } : { label, title };
    return { key, at, secret, ...open, state: "sent", sentAt: Date.now(), code: answer.code, url: answer.url };
  }

  const KINDS = {
    reports: { url: () => "/lapor/antrean/", done: receipt },
    acts: { url: (record) => record.url, done: (record, answer) => ({ key: record.key, at: record.at, code: record.code, who: record.who, state: "sent", sentAt: Date.now(), said: answer.said }) },
  };

  const LATER = { stop: true };

  async function token() {
    const answer = await fetch(KEY, { credentials: "same-origin", cache: "no-store", headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`key ${answer.status}`);
    return (await answer.json()).token;
  }

  async function post(kind, record, proof) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const answer = await fetch(KINDS[kind].url(record), {
        method: "POST",
        body: body(record),
        credentials: "same-origin",
        signal: stop.signal,
        redirect: "error",
        headers: { Accept: "application/json", "Idempotency-Key": record.key, "X-CSRFToken": proof },
      });
      const json = (answer.headers.get("Content-Type") || "").includes("json") ? await answer.json() : {};
      return { status: answer.status, after: answer.headers.get("Retry-After"), json };
    } finally {
      clearTimeout(timer);
    }
  }

  const wait = (kind, record, seconds, status) => change(kind, record.key, (now) => ({ ...now, status, after: Date.now() + seconds * 1000 }));

  // An act of this phone changed the report: its next acts and the kept task know the new version. Another
  // person's change is not in between, or the server would have refused this one.
  async function carryOn(done, version) {
    const forward = (values) => (String(values.version) === String(done.values.version) ? { ...values, version } : values);
    for (const act of await all("acts")) {
      if (act.code === done.code && act.state === "waiting") await change("acts", act.key, (now) => ({ ...now, values: forward(now.values) }));
    }
    await change("tasks", done.code, (task) => forward(task));
  }

  // One try. Returns LATER when nothing more should be sent now.
  async function attempt(kind, record, proof) {
    // Noted before the first byte leaves: from here on the same key is tried until an answer comes.
    const mine = await change(kind, record.key, (now) => (now.state === "waiting" ? { ...now, tries: (now.tries || 0) + 1, after: 0 } : null));
    if (!mine) return null;
    const { status, after, json } = await post(kind, mine, proof);
    if (status === 200 || status === 201) {
      await change(kind, mine.key, (now) => KINDS[kind].done(now, json));
      if (kind === "acts") await carryOn(mine, json.version);
      return null;
    }
    if ([400, 404, 409, 413, 422].includes(status)) {
      await change(kind, mine.key, (now) => ({ ...now, state: "refused", tries: 0, status, errors: json.errors || {}, choices: json.choices || {}, latest: json.latest }));
      return null;
    }
    const seconds = status === 429 || status === 503 ? Math.max(1, parseInt(after, 10) || 60) : Math.min(3600, 5 * 2 ** Math.min(mine.tries, 10));
    await wait(kind, mine, seconds, status);
    return LATER;
  }

  async function flushNow() {
    let proof = "";
    for (const kind of Object.keys(KINDS)) {
      for (const record of await all(kind)) {
        if (record.state !== "waiting") continue;
        if (record.after > Date.now()) break;
        try {
          proof = proof || (await token());
          if ((await attempt(kind, record, proof)) === LATER) break;
        } catch (error) {
          return; // no network: the browser, the next visit or the clock tries again
        }
      }
    }
  }

  // Sends what waits; resolves to what is still waiting and when it may be tried again.
  async function flush() {
    if (navigator.locks) await navigator.locks.request("pendopo-queue", { ifAvailable: true }, (lock) => lock && flushNow());
    else await flushNow();
    const waiting = [...(await all("reports")), ...(await all("acts"))].filter((record) => record.state === "waiting");
    return { waiting: waiting.length, next: Math.min(...waiting.map((record) => record.after || 0)) };
  }

  async function ask() {
    // Where the browser can, it sends after this page is closed. Refused or missing: the pages do it.
    try {
      const app = await navigator.serviceWorker.ready;
      await app.sync.register("pendopo-queue");
    } catch (error) {
      return;
    }
  }

  async function add(kind, record) {
    await put(kind, { at: Date.now(), tries: 0, ...record, state: "waiting" });
    ask();
  }

  async function sweep() {
    const now = Date.now();
    for (const kind of ["reports", "acts"]) {
      for (const record of await all(kind)) if (record.state === "sent" && now - record.sentAt > SENT_KEPT) await remove(kind, record.key);
    }
    for (const task of await all("tasks")) if (!(task.until > now)) await remove("tasks", task.key);
  }

  const newKey = () => {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  };

  self.pendopoQueue = { all, get, put, remove, clear, change, add, flush, sweep, newKey, channel };
  self.pendopoWorker = {
    async sync() {
      const left = await flush();
      if (left.waiting) throw new Error("still waiting"); // the browser tries again later
    },
    forgetPerson: () => clear("tasks"),
  };
})();
