// Miles between two points on the earth, in whole tenths. The twin of rules/distance.py.
"use strict";
(function (Waypost) {
  const EARTH_MILES = 3958.7613;
  const radians = (degrees) => degrees * (Math.PI / 180);

  function tenthsOfMiles(latitude, longitude, otherLatitude, otherLongitude) {
    const north = radians(latitude), otherNorth = radians(otherLatitude);
    const half = Math.sin((otherNorth - north) / 2) ** 2
      + Math.cos(north) * Math.cos(otherNorth) * Math.sin(radians(otherLongitude - longitude) / 2) ** 2;
    return Math.floor(2 * EARTH_MILES * Math.asin(Math.min(1, Math.sqrt(half))) * 10 + 0.5);
  }

  Object.assign(Waypost, { tenthsOfMiles });
})((globalThis.Waypost = globalThis.Waypost || {}));
