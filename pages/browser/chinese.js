// Replaces Streamlit's English words, in texts and in attributes that are displayed or read aloud.
// Whole texts are matched, so that an unknown word stays as it is.
const WORDS = {
  "Running...": "计算中…", "Running": "计算中", "Stop": "停止", "Connecting": "连接中", "CONNECTING": "连接中",
  "Connection error": "连接中断", "Please wait...": "请稍候…", "Page not found": "没有这个页面", "Close": "关闭",
  "Skip to main content": "跳到主要内容", "Main menu": "菜单", "Settings": "设置", "Print": "打印", "Rerun": "刷新",
  "Light": "浅色", "Dark": "深色", "Use system setting": "跟随系统", "System": "跟随系统", "Wide mode": "宽屏",
  "Choose app theme": "选择配色", "Appearance": "外观", "Choose options": "请选择", "Choose an option": "请选择", "No results": "没有找到",
  "Select all": "全选", "Clear value": "清除", "Clear all": "全部清除", "open": "展开", "Open": "展开",
  "Search": "搜索", "Fullscreen": "全屏", "Exit fullscreen": "退出全屏", "Close fullscreen": "退出全屏",
  "Download as CSV": "导出", "Download": "下载", "Show/hide columns": "显示或隐藏列", "Copy": "复制", "Copied": "已复制",
  "Sort ascending": "从小到大", "Sort descending": "从大到小", "Autosize": "自动列宽", "Pin column": "固定这一列",
  "Unpin column": "取消固定", "Hide column": "隐藏这一列", "Format": "格式", "Statistics": "统计", "empty": "空",
  "Zoom in": "放大", "Zoom out": "缩小", "Reset axes": "还原", "Download plot as a PNG": "下载图片",
  "Previous page": "上一页", "Next page": "下一页", "Previous": "上一页", "Next": "下一页", "Go to next page": "下一页",
  "Go to previous page": "上一页", "Pagination": "翻页", "Upload": "上传文件", "Deploy": "发布", "Logo": "明数",
  "App pages": "页面", "Navigate to home page": "回到首页", "Sidebar": "菜单", "Expand sidebar": "菜单",
  "Collapse sidebar": "收起菜单", "Dismiss": "收起", "Dataframe column menu": "列菜单", "Copy column name": "复制列名",
  "ZIP": "压缩包", "Selected values": "已选的", "Increment": "加一", "Decrement": "减一", "Add": "加上",
  "text": "文字", "number": "数字", "integer": "整数", "(index)": "序号", "Previous Result": "上一处", "Next Result": "下一处",
  "file upload": "上传文件", "Error": "错误", "Add files": "再加文件", "Drag and drop a file here": "把文件拖到这里", "Drag and drop files here": "把文件拖到这里",
  "Upload directories": "选文件夹", "Drop files here": "松开就核对", "Browse files": "选文件", "Uploading...": "正在上传…",
  "Copy to clipboard": "复制", "Remove": "移去", "Delete": "删除", "Cancel": "取消", "Show more": "展开", "Show less": "收起",
  "Download Button": "下载", "Press Enter to apply": "按回车确定", "Press Ctrl+Enter to apply": "按 Ctrl 和回车确定",
  "Press ⌘+Enter to apply": "按 ⌘ 和回车确定", "Copied!": "已复制", "No options to select": "没有可选的",
  "Choose date": "选日期", "yyyy": "年", "mm": "月", "dd": "日", "Previous month": "上个月", "Next month": "下个月",
  "Use arrow keys to navigate dates. Enter to select. Escape to close.": "用方向键选日期，回车选定，退出键关闭。",
  "Close Search": "关闭搜索", "Link to heading": "本节的链接", "Type to search": "输入要找的字词",
};
const PATTERNS = [
  [/^(\d+)\s*MB per file$/, (_, size) => `每份不超过 ${size} MB`],
  [/^File must be (\d+(?:\.\d+)?)\s*MB or smaller\.$/, (_, size) => `超过 ${parseFloat(size)} MB，没有上传。请删去图片等与报表无关的内容后再试`],
  [/^(?:Error: )?AxiosError: .*status code 415$/, () => "这一种文件不收，请报 xlsx、xls、et、ods 或 csv 格式的报表"],
  [/^(?:Error: )?AxiosError: .*status code 413$/, () => "文件太大，没有收。请删去图片等与报表无关的内容后再试"],
  [/^(?:Error: )?AxiosError: .+$/, () => "没有传上来，请再试一次"],
  [/^(?:The page that you have requested|You have requested page) .*Running the app's main page\.$/s,
    () => "没有这个地址的页面，现在显示的是首页。请从上面的菜单进入"],
  [/^Remove (.+)$/, (_, what) => `移去${what}`],
  [/^(\d+) options? available\.$/, (_, number) => `有${number}项可选`],
  [/^Page (\d+)$/, (_, number) => `第${number}页`],
  [/^(year|month|day), (.+)$/, (_, part, what) => `${what}的${PARTS[part]}`],
  [/^Choose date, (.+)$/, (_, what) => `选日期，现在是${what}`],
  [/^Help for (.+)$/, (_, what) => `${what}的说明`],
  [/^([A-Z][^:]*): (.+)$/, (whole, word, what) => (Object.hasOwn(WORDS, word) ? `${WORDS[word]}：${what}` : whole)],
];
const PARTS = { year: "年", month: "月", day: "日" };
const ATTRIBUTES = ["placeholder", "aria-label", "title", "alt"];

function translate(text) {
  const word = text.trim();
  if (Object.hasOwn(WORDS, word)) return text.replace(word, WORDS[word]);
  for (const [pattern, said] of PATTERNS) if (pattern.test(word)) return word.replace(pattern, said);
  return text;
}

function mend(node) {
  if (node.nodeType === Node.TEXT_NODE) {
    const said = translate(node.nodeValue);
    if (said !== node.nodeValue) node.nodeValue = said;
  } else if (node.nodeType === Node.ELEMENT_NODE && !["SCRIPT", "STYLE"].includes(node.tagName)) {
    for (const name of ATTRIBUTES) {
      const value = node.getAttribute(name);
      if (value && translate(value) !== value) node.setAttribute(name, translate(value));
    }
    node.childNodes.forEach(mend);
  }
}

function watch(changes) {
  for (const change of changes) {
    if (change.type === "childList") change.addedNodes.forEach(mend);
    else mend(change.target);
  }
}

export default function () {
  document.documentElement.lang = "zh-CN";
  if (window.mingshuChinese) return;
  window.mingshuChinese = new MutationObserver(watch);
  window.mingshuChinese.observe(document.body, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES,
  });
  mend(document.body);
}
