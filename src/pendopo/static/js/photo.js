// Photos become small on the phone: 1600 px, JPEG, no EXIF (so no hidden place or time). What a browser cannot
// shrink is sent as it is; the server cleans every photo again.
const SIDE = 1600;
const words = (text, values) => text.replace(/{(\w+)}/g, (_, name) => values[name]);
const size = (octets) => (octets < 1048576 ? `${Math.max(1, Math.round(octets / 1024))} KB` : `${(octets / 1048576).toFixed(1)} MB`);

async function shrink(file) {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => createImageBitmap(file));
  const scale = Math.min(1, SIDE / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.72));
  if (!blob || blob.size >= file.size) throw new Error("not smaller");
  return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
}

self.pendopoShrink = shrink; // for pages that keep photos on the phone

function enrich(box) {
  const input = box.querySelector("input[type=file]");
  const list = box.querySelector(".photo-list");
  const status = box.querySelector("[role=status]");
  const most = +box.dataset.max || 1;
  let photos = [];

  const put = () => {
    const transfer = new DataTransfer();
    photos.forEach((photo) => transfer.items.add(photo.file));
    input.files = transfer.files;
  };
  const row = (photo) => {
    const item = document.createElement("li");
    if (photo.shrunk) {
      const picture = document.createElement("img");
      picture.alt = "";
      picture.src = URL.createObjectURL(photo.file);
      picture.onload = () => URL.revokeObjectURL(picture.src);
      item.append(picture);
    }
    const line = document.createElement("span");
    line.textContent = photo.says;
    const remove = document.createElement("button");
    remove.type = "button";
    remove.className = "btn btn-quiet btn-icon";
    remove.textContent = "✕";
    remove.setAttribute("aria-label", words(box.dataset.remove, { name: photo.file.name }));
    remove.onclick = () => {
      photos = photos.filter((other) => other !== photo);
      item.remove();
      put();
      input.focus();
    };
    item.append(line, remove);
    return item;
  };

  input.addEventListener("change", async () => {
    const chosen = Array.from(input.files);
    if (!chosen.length) return put();
    if (most === 1) {
      photos = [];
      list.textContent = "";
    }
    status.textContent = box.dataset.working;
    const says = [];
    for (const file of chosen.slice(0, most - photos.length)) {
      const small = await shrink(file).catch(() => null);
      const before = size(file.size);
      const photo = {
        file: small || file,
        shrunk: !!small,
        says: words(small ? box.dataset.shrunk : box.dataset.kept, { name: file.name, before, after: small && size(small.size) }),
      };
      photos.push(photo);
      says.push(photo.says);
      list.append(row(photo));
    }
    if (chosen.length > says.length) says.push(words(box.dataset.many, { n: most }));
    put();
    status.textContent = says.join(". ");
  });
}

if (self.createImageBitmap && self.DataTransfer) document.querySelectorAll("[data-photo]").forEach(enrich);
