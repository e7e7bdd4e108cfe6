import { readPages } from "../live/visit";
import { parts } from "../shared/parts";

parts().pages = readPages;
