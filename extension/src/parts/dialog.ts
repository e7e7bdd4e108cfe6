// The send guard's question: of interest only when Chinese is about to go out.

import { GuardDialog } from "../features/kit/dialog";
import { parts } from "../shared/parts";

parts().dialog = (...asked) => new GuardDialog(...asked);
