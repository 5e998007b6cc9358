// What moves on the page. Everything works without it too, but for folders and live progress.
"use strict";

const planilote = (() => {
  const token = document.querySelector("meta[name=planilote-token]")?.content ?? "";
  const work = document.getElementById("trabalho");
  let kept = Promise.resolve();
  let revision = Number(work?.dataset.revision ?? 0);
  let task = work && !work.hidden;

  /** Sends a form as a script: the answer is JSON; what went wrong is its sentence. */
  async function send(address, form) {
    const answer = await fetch(address, {
      method: "POST", body: form,
      headers: { "X-Planilote-Token": token, Accept: "application/json" },
    });
    const said = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Error(said.erro ?? `O pedido não foi atendido (${answer.status}).`);
    return said;
  }

  /** Draws anew what is marked data-live, unless somebody is typing there. */
  async function redraw() {
    await kept;
    const known = kept;
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok) return;
    // What was typed meanwhile is not in this answer, and would be gone from the screen.
    if (kept !== known) return redraw();
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const old of document.querySelectorAll("[data-live]")) {
      const now = fresh.getElementById(old.id), at = document.activeElement;
      if (!now) { location.reload(); return; }
      const typing = old.contains(at) && ["INPUT", "SELECT", "TEXTAREA"].includes(at.tagName);
      if (!typing) old.replaceWith(document.adoptNode(now));
    }
    const footer = fresh.querySelector("footer p");
    if (footer) document.querySelector("footer p")?.replaceWith(document.adoptNode(footer));
    document.dispatchEvent(new CustomEvent("planilote:drawn"));
  }

  function show(state) {
    work.hidden = !state.tarefa;
    const line = work.querySelector("[data-line]");
    if (line.textContent !== state.linha) line.textContent = state.linha;
    for (const row of document.querySelectorAll("[data-file]")) {
      const step = row.querySelector("[data-step]");
      if (step) step.textContent = state.tarefa ? state.arquivos[row.dataset.file] ?? "" : "";
    }
    const bar = document.querySelector("progress[data-lotes]");
    if (bar && state.de) { bar.max = state.de; bar.value = Object.keys(state.lotes).length; }
    for (const row of document.querySelectorAll("[data-refs]")) {
      const refs = row.dataset.refs.split(" "), answered = refs.filter((ref) => ref in state.lotes);
      const doubtful = answered.some((ref) => !state.lotes[ref]);
      row.querySelector("[data-lote-state]").textContent = state.tarefa !== "enviar" ? ""
        : doubtful ? "conferindo com a API" : answered.length === refs.length ? "arquivo gerado" : answered.length ? `${answered.length} com resposta` : "na fila";
    }
    document.dispatchEvent(new CustomEvent("planilote:state", { detail: state }));
  }

  async function watch() {
    let pause = 4000;
    try {
      const answer = await fetch("/andamento", { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.status);
      const state = await answer.json();
      show(state);
      if (state.revisao !== revision) { revision = state.revisao; await redraw(); }
      if (state.tarefa) pause = 400;
      task = Boolean(state.tarefa);
    } catch {
      work.hidden = false;
      work.querySelector("[data-line]").textContent =
        "O planilote não está respondendo. Se ele foi encerrado, rode de novo: planilote abrir";
      pause = 3000;
    }
    setTimeout(watch, document.hidden && !task ? 15000 : pause);
  }
  if (work) setTimeout(watch, task ? 300 : 2000);

  /** The files of a folder that was dropped, each with its path. */
  async function walk(entry, before = "") {
    if (entry.isFile) {
      const file = await new Promise((give, fail) => entry.file(give, fail));
      return [{ file, path: before + entry.name }];
    }
    const reader = entry.createReader(), found = [];
    for (;;) {
      const some = await new Promise((give, fail) => reader.readEntries(give, fail));
      if (!some.length) break;
      for (const one of some) found.push(...await walk(one, `${before}${entry.name}/`));
    }
    return found;
  }

  const drop = document.getElementById("solte");
  if (drop) {
    const said = drop.querySelector(".said");
    const kinds = drop.querySelector("input[accept]").accept.split(",");
    const readable = ({ path }) => kinds.some((kind) => path.toLowerCase().endsWith(kind));

    async function put(files, replace) {
      const taken = [], refused = [];
      let done = 0;
      for (const one of files) {
        said.textContent = `Copiando ${++done} de ${files.length}: ${one.path}`;
        const form = new FormData();
        form.append("arquivos", one.file, one.file.name);
        form.append("caminhos", one.path);
        if (replace) form.append("substituir", "1");
        if (done < files.length) form.append("depois", "1");
        try {
          const answer = await send(drop.action, form);
          if (answer.ocupados.length) taken.push(one);
          refused.push(...answer.recusados);
        } catch (error) { refused.push(`${one.path}: ${error.message}`); }
      }
      said.textContent = refused.join(" ");
      if (taken.length) ask(taken);
      task = true;
      setTimeout(watch, 100);
    }

    function ask(taken) {
      const names = taken.map(({ path }) => `“${path}”`).join(", ");
      said.replaceChildren(
        taken.length === 1 ? `Já existe outro arquivo chamado ${names}. ` : `Já existem outros arquivos com estes nomes: ${names}. `);
      const button = document.createElement("button");
      button.type = "button"; button.className = "plain"; button.textContent = "Substituir (o anterior fica guardado)";
      button.onclick = () => put(taken, true);
      said.append(button);
      button.focus();
    }

    for (const name of ["dragenter", "dragover"]) {
      document.addEventListener(name, (event) => {
        if (![...event.dataTransfer.types].includes("Files")) return;
        event.preventDefault(); drop.classList.add("over");
      });
    }
    document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) drop.classList.remove("over"); });
    document.addEventListener("drop", async (event) => {
      event.preventDefault(); drop.classList.remove("over");
      const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry()).filter(Boolean);
      const found = (await Promise.all(entries.map((entry) => walk(entry)))).flat();
      const chosen = entries.length === 1 && entries[0].isFile ? found : found.filter(readable);
      if (chosen.length) put(chosen);
      else said.textContent = "Não há planilhas no que foi solto aqui.";
    });
    drop.addEventListener("change", (event) => {
      const files = [...event.target.files].map((file) => ({ file, path: file.webkitRelativePath || file.name }));
      const chosen = "folder" in event.target.dataset ? files.filter(readable) : files;
      event.target.value = "";
      if (chosen.length) put(chosen);
      else said.textContent = "Não há planilhas nesta pasta.";
    });
  }

  // What is typed about a file is kept at once: another page of rows, or a reload, loses none of it.
  document.addEventListener("change", ({ target }) => {
    const form = target.closest?.("#mudancas");
    if (!form || !target.name) return;
    const one = new FormData();
    one.append(target.name, target.value);
    target.classList.add("changed");
    const tell = (shown, text) => {
      const bar = document.getElementById("salvar");
      bar.hidden = !shown;
      bar.querySelector("[data-count]").textContent = text;
    };
    kept = kept.then(() => send(form.dataset.draft, one)).then(
      ({ mudancas }) => tell(mudancas, `${mudancas} ${mudancas === 1 ? "mudança" : "mudanças"}`),
      (error) => tell(true, error.message));
  });
  // The total follows the files that are chosen.
  document.addEventListener("change", ({ target }) => {
    const form = target.closest?.("#enviar");
    if (!form || target.type !== "checkbox") return;
    const chosen = new Set([...form.querySelectorAll("[name=arquivo]:checked")].map((box) => box.value));
    const rows = [...form.querySelectorAll("[data-notas]")].filter((row) => chosen.has(row.dataset.de));
    const total = rows.reduce((sum, row) => sum + Number(row.dataset.notas), 0);
    for (const place of form.querySelectorAll("[data-total]")) place.textContent = total;
  });
  // Enter goes on to the next cell at fault, as in a sheet; the button saves.
  document.addEventListener("keydown", (event) => {
    const form = event.target.closest?.("#mudancas");
    if (!form || event.key !== "Enter" || event.target.tagName !== "INPUT") return;
    event.preventDefault();
    const fields = [...form.querySelectorAll(".fix input, .asked select")];
    const next = fields[fields.indexOf(event.target) + 1];
    if (next) next.focus();
    else kept.then(() => form.querySelector("#salvar button:last-child").focus());
  });
  return { send, redraw };
})();
