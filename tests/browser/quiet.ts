/** Tests make writes fail on purpose, and Dexie traces each of them where a page is on localhost. */
import Dexie from 'dexie';

Dexie.debug = false;
