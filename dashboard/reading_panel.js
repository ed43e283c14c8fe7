// Passages as one element. Their HTML comes from the server, where every word of a document is escaped. A click on a
// fact or on the switch of the neighbours is sent back by its id; a quotation is copied here.
export default function ({ parentElement, data, setTriggerValue }) {
  let root = parentElement.querySelector(":scope > .reading-panel");
  if (!root) {
    root = parentElement.appendChild(document.createElement("div"));
    root.className = "reading-panel";
  }
  if (root.shown !== data.html) {
    root.innerHTML = root.shown = data.html;
  }
  root.onclick = (event) => {
    const button = event.target.closest("button");
    if (!button) {
      return;
    }
    const { fact, near, copy } = button.dataset;
    if (fact) {
      setTriggerValue("fact", fact);
    } else if (near) {
      setTriggerValue("near", near);
    } else if (copy !== undefined) {
      quote(button, data.copied);
    }
  };
}

// Show the quotation and copy it; where the browser allows no copying (http on another host) it stands selected.
async function quote(button, copied) {
  const words = button.closest("article").querySelector("blockquote");
  words.hidden = false;
  getSelection().selectAllChildren(words);
  try {
    await navigator.clipboard.writeText(words.textContent);
  } catch {
    if (!document.execCommand("copy")) {
      return;
    }
  }
  button.textContent = copied;
}
