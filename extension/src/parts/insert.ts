import { insert } from "../insertion/insert";
import { parts } from "../shared/parts";

parts().insert = insert;
