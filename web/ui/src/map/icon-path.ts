// Paths of the icons in the sprite of the page (web/page/templates/_icons.html), to draw on a canvas.

/** Returns the lines of an icon on a grid of 24 by 24, or undefined if the sprite does not have it. */
export function iconPath(name: string): Path2D | undefined {
  const symbol = name === "" ? null : document.getElementById(`i-${name}`);
  if (!symbol) {
    return undefined;
  }
  const path = new Path2D();
  for (const shape of symbol.children) {
    const value = (attribute: string): number => Number(shape.getAttribute(attribute) ?? 0);
    switch (shape.localName) {
      case "path":
        path.addPath(new Path2D(shape.getAttribute("d") ?? ""));
        break;
      case "circle":
        path.moveTo(value("cx") + value("r"), value("cy"));
        path.arc(value("cx"), value("cy"), value("r"), 0, 2 * Math.PI);
        break;
      case "rect":
        path.roundRect(value("x"), value("y"), value("width"), value("height"), value("rx"));
        break;
      case "line":
        path.moveTo(value("x1"), value("y1"));
        path.lineTo(value("x2"), value("y2"));
        break;
    }
  }
  return path;
}
