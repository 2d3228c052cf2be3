// Paths of the icons in the sprite of the page (web/page/templates/_icons.html), to draw on a canvas.

/** Returns the lines of an icon on a grid of 24 by 24, or undefined if the sprite does not have it. */
export function iconPath(name: string): Path2D | undefined {
  const symbol = name === "" ? null : document.getElementById(`i-${name}`);
  if (!symbol) {
    return undefined;
  }
  const path = new Path2D();
  for (const shape of symbol.children) {
    path.addPath(new Path2D(pathData(shape)));
  }
  return path;
}

/** Returns the data of a path that draws a shape of an icon. */
function pathData(shape: Element): string {
  const [x, y, width, height, rx, cx, cy, r] = ["x", "y", "width", "height", "rx", "cx", "cy", "r"].map((name) =>
    Number(shape.getAttribute(name) ?? 0),
  ) as [number, number, number, number, number, number, number, number];
  switch (shape.localName) {
    case "circle":
      return `M${cx - r} ${cy}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
    case "rect": {
      const corner = (dx: number, dy: number): string => `a${rx} ${rx} 0 0 1 ${dx} ${dy}`;
      const [across, down] = [width - 2 * rx, height - 2 * rx];
      return `M${x + rx} ${y}h${across}${corner(rx, rx)}v${down}${corner(-rx, rx)}h${-across}${corner(-rx, -rx)}v${-down}${corner(rx, -rx)}z`;
    }
    case "line": {
      const [x1, y1, x2, y2] = ["x1", "y1", "x2", "y2"].map((name) => shape.getAttribute(name));
      return `M${x1} ${y1}L${x2} ${y2}`;
    }
    default:
      return shape.getAttribute("d") ?? "";
  }
}
