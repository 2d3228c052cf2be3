// The layers that the page of a map names in attributes of its element.

/** Returns the names in an attribute, which are separated by commas. */
export const layerNames = (attribute = ""): string[] => attribute.split(",").filter((name) => name !== "");
