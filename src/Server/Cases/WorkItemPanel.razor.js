// What is typed stays in this tab until it is sent: it survives a reload and a lost connection.
export const load = key => JSON.parse(sessionStorage.getItem(key));

export function keep(form, key) {
  // After a moment, so that what the server answers to a choice is in the form too.
  const save = () => setTimeout(() => {
    if (form.isConnected) sessionStorage.setItem(key, JSON.stringify(Object.fromEntries(new FormData(form))));
  }, 400);
  form.addEventListener("input", save);
  form.addEventListener("change", save);
}

// What stands in the form now, whether the page has heard of it or not.
export const read = form => form ? Object.fromEntries(new FormData(form)) : null;

export const forget = key => sessionStorage.removeItem(key);
