import { readConfig } from "../map/config";
import { PlaceCombobox } from "../place-combobox";

/**
 * `<pinezka-corner data-config="…">` contains the form in which somebody chooses a place. It suggests
 * places, and sends the coordinates of the one that is chosen in the body, so that they are in no URL.
 */
export class CornerForm extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector("form");
    if (!form || this.classList.contains("is-on")) {
      return;
    }
    this.classList.add("is-on");
    new PlaceCombobox(form, {
      url: readConfig(this).places,
      choosePlace: ({ geometry: { coordinates } }) => {
        for (const [i, name] of ["lon", "lat"].entries()) {
          (form.elements.namedItem(name) as HTMLInputElement).value = String(coordinates[i]);
        }
        form.submit();
      },
    });
  }
}
