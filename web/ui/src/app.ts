// Entry point of every page: defines the custom elements that enhance the server-rendered HTML.
// The map code is a separate chunk, which is loaded only by pages that show a map.

import { CategoryChooser } from "./elements/category-chooser";
import { CornerForm } from "./elements/corner-form";
import { Desk } from "./elements/desk";
import { FilterForm } from "./elements/filter-form";
import { Grouping } from "./elements/grouping";
import { HeaderMenu } from "./elements/header-menu";
import { MapElement } from "./elements/map-element";
import { OutlineEditor } from "./elements/outline-editor";
import { PinForm } from "./elements/pin-form";
import { PlacePicker } from "./elements/place-picker";
import { PrintButton } from "./elements/print-button";
import { SessionEnd } from "./elements/session-end";
import { SideMaps } from "./elements/side-maps";
import { SupportForm } from "./elements/support-form";
import { removeExpired } from "./form-draft";

document.documentElement.classList.add("scripted");
removeExpired(Date.now());

customElements.define("pinezka-map", MapElement);
customElements.define("pinezka-maps", SideMaps); // after the maps in it
customElements.define("pinezka-filters", FilterForm);
customElements.define("pinezka-form", PinForm); // before the elements in it, which show its draft
customElements.define("pinezka-place", PlacePicker);
customElements.define("pinezka-choice", CategoryChooser);
customElements.define("pinezka-print", PrintButton);
customElements.define("pinezka-menu", HeaderMenu);
customElements.define("pinezka-session", SessionEnd);
customElements.define("pinezka-desk", Desk);
customElements.define("pinezka-corner", CornerForm);
customElements.define("pinezka-support", SupportForm);
customElements.define("pinezka-outline", OutlineEditor);
customElements.define("pinezka-grouping", Grouping);
