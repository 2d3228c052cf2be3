// What the pages load: the custom elements that enhance them. The map itself is
// a chunk of its own, loaded once a page shows one.

import { PinezkaChoice } from "./choice";
import { PinezkaDraft } from "./draft";
import { PinezkaFilters } from "./filters";
import { PinezkaMap } from "./map";
import { PinezkaPlace } from "./place";

document.documentElement.classList.add("scripted");

customElements.define("pinezka-map", PinezkaMap);
customElements.define("pinezka-filters", PinezkaFilters);
customElements.define("pinezka-place", PinezkaPlace);
customElements.define("pinezka-choice", PinezkaChoice);
customElements.define("pinezka-draft", PinezkaDraft);
