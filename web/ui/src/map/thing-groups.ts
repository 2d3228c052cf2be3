// Groups of things on the map: what would lie on top of each other becomes one marker.

/** Things of one kind at a place, as a tile has them: one, which represents n. */
export interface ThingFeature {
  layer: string; // plural of the kind
  id: number;
  n: number;
  lon: number;
  lat: number;
}

/** What one marker shows. The first of the features is where the marker is. */
export type ThingGroup = [ThingFeature, ...ThingFeature[]];

/** Width and height of a marker with the space around it, in CSS pixels. */
export const markerSize = 44;

/**
 * Groups features so that no two markers overlap. project returns where a feature is on the screen.
 * Groups depend on the features and the scale alone, in whatever order these are and wherever the
 * screen is: a feature joins the first of the groups that are near.
 */
export function groupThings(
  features: readonly ThingFeature[],
  project: (feature: ThingFeature) => { x: number; y: number },
): ThingGroup[] {
  const groups: ThingGroup[] = [];
  const heads = new Map<string, { x: number; y: number; order: number; group: ThingGroup }[]>(); // by square as large as a marker
  const squareOf = (n: number): number => Math.floor(n / markerSize);
  for (const feature of [...features].sort((a, b) => a.layer.localeCompare(b.layer) || a.id - b.id)) {
    const { x, y } = project(feature);
    const near = [-1, 0, 1]
      .flatMap((dx) => [-1, 0, 1].map((dy) => `${squareOf(x) + dx} ${squareOf(y) + dy}`))
      .flatMap((key) => heads.get(key) ?? [])
      .filter((head) => Math.abs(head.x - x) < markerSize && Math.abs(head.y - y) < markerSize)
      .sort((a, b) => a.order - b.order)[0];
    if (near) {
      near.group.push(feature);
      continue;
    }
    const group: ThingGroup = [feature];
    const key = `${squareOf(x)} ${squareOf(y)}`;
    heads.set(key, [...(heads.get(key) ?? []), { x, y, order: groups.length, group }]);
    groups.push(group);
  }
  return groups;
}

/** Returns the number of things of a group by layer, in the order of its features. */
export function countThings(group: ThingGroup): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { layer, n } of group) {
    counts.set(layer, (counts.get(layer) ?? 0) + n);
  }
  return counts;
}

/** Reports whether all are at one place, so that no zoom separates them. */
export const areAtOnePlace = (all: readonly { lon: number; lat: number }[]): boolean =>
  all.every(({ lon, lat }) => isNear(lon, all[0]?.lon) && isNear(lat, all[0]?.lat));

const isNear = (a: number, b = a): boolean => Math.abs(a - b) < 2e-6; // degrees; at most 0.2 m
