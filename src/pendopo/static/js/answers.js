// A prepared answer goes in where the cursor stands. Without this file its button asks the server, which puts the
// text at the end of the box.
for (const box of document.querySelectorAll("[data-answers]")) {
  const field = document.getElementById(box.dataset.answers);
  const choice = box.querySelector("select");
  const button = box.querySelector("[name=sisipkan]");
  if (!field || !choice || !button) continue;
  button.addEventListener("click", (event) => {
    event.preventDefault();
    const words = choice.selectedOptions[0] && choice.selectedOptions[0].dataset.words;
    if (!words) return choice.focus();
    const before = field.value.slice(0, field.selectionStart);
    const after = field.value.slice(field.selectionEnd);
    const gap = (text, edge) => (!text || edge.test(text) ? "" : "\n\n");
    field.setRangeText(gap(before, /\s$/) + words + gap(after, /^\s/), field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
    choice.value = "";
    const toast = document.getElementById("kabar");
    if (!toast) return;
    toast.textContent = box.dataset.said;
    setTimeout(() => (toast.textContent = ""), 4000);
  });
}
