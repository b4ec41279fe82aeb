// An address without a page, or one that this person may not open.
import { Page } from "../kit/components/page";
import { Link } from "../kit/router";
import { common } from "../kit/texts/common";
import { problemText } from "../kit/texts/problems";

export function NotFound({ forAdministrators }: { forAdministrators: boolean }) {
  const { title, text } = forAdministrators
    ? problemText({ code: "role.required", detail: "", fix: "" })
    : { title: common.notFoundTitle, text: common.notFoundText };
  return (
    <Page title={title} lead={text}>
      <p>
        <Link href="/" class="button button-primary">
          {common.home}
        </Link>
      </p>
    </Page>
  );
}
