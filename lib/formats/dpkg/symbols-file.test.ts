import { expect, it } from "vitest";
import { findMinimumVersion } from "./index.ts";

const SYMBOLS = `libapp.so.1 libapp1 #MINVER#
| libapp1 (>> 2), libapp1 (<< 3)
* Build-Depends-Package: libapp-dev
 app_open@Base 1.0
 app_close@APP_1.2 1.2~rc1 1
libother.so.1 libother1 #MINVER#
 app_open@Base 7
`;

it.each([
  ["libapp.so.1", "app_open", { packageName: "libapp1", version: "1.0" }],
  ["libapp.so.1", "app_close", { packageName: "libapp1", version: "1.2~rc1" }],
  ["libother.so.1", "app_open", { packageName: "libother1", version: "7" }],
  ["libother.so.1", "app_close", undefined],
  ["libnone.so.1", "app_open", undefined],
])("of %s, %s is in a package since %j", (soname, symbol, found) => {
  expect(findMinimumVersion(SYMBOLS, soname, symbol)).toEqual(found);
});
