// Checking a listing: of interest only where one is edited.

import { checkListing } from "../check/editor";
import { parts } from "../shared/parts";

parts().check = checkListing;
